// A WordPress of its own for the tests: Debian's, in a folder that goes away, with a database of its own behind a socket. It is installed
// by its own functions, and it asks no other machine for anything.

import { writeFileSync } from "node:fs";
import { userInfo } from "node:os";
import { join } from "node:path";

import { port, run, starts, work } from "./support.js";

export const PASSWORD = "correct horse battery staple";
const SOURCE = "/usr/share/wordpress";

/** Starts the site, with the users `admin` and `author`. */
export async function site() {
  const folder = join(work, "site");
  const data = join(work, "data");
  const socket = join(work, "db.sock");
  const me = userInfo().username;
  run("cp", ["-rL", SOURCE, folder]);
  run("mariadb-install-db", [
    "--no-defaults",
    `--datadir=${data}`,
    `--user=${me}`,
    "--auth-root-authentication-method=normal",
    "--skip-test-db",
  ]);
  await starts(
    "mariadbd",
    ["--no-defaults", `--datadir=${data}`, `--socket=${socket}`, `--user=${me}`, "--skip-networking", "--innodb-flush-log-at-trx-commit=0"],
    { at: socket },
  );
  run("mariadb", ["--no-defaults", `--socket=${socket}`, "--user=root", "--execute", "CREATE DATABASE site CHARACTER SET utf8mb4"]);

  const free = await port();
  const origin = `http://127.0.0.1:${free}`;
  const names = [
    "AUTH_KEY",
    "SECURE_AUTH_KEY",
    "LOGGED_IN_KEY",
    "NONCE_KEY",
    "AUTH_SALT",
    "SECURE_AUTH_SALT",
    "LOGGED_IN_SALT",
    "NONCE_SALT",
  ];
  const constants = {
    ...Object.fromEntries(names.map((name) => [name, `${name} of a test`])),
    ...{ DB_NAME: "site", DB_USER: "root", DB_PASSWORD: "", DB_HOST: `localhost:${socket}`, DB_CHARSET: "utf8mb4" },
    ...{ WP_HOME: origin, WP_SITEURL: origin, DISABLE_WP_CRON: true, WP_HTTP_BLOCK_EXTERNAL: true, FS_METHOD: "direct" },
    // Where PHP complains, the page shows it and the tests see it.
    ...{ WP_DEBUG: true, WP_DEBUG_DISPLAY: true },
  };
  const defines = Object.entries(constants).map(([name, value]) => `define( '${name}', ${JSON.stringify(value)} );`);
  writeFileSync(
    join(folder, "wp-config.php"),
    `<?php\n${defines.join("\n")}\n$table_prefix = 'wp_';\ndefined( 'ABSPATH' ) || define( 'ABSPATH', __DIR__ . '/' );\nrequire ABSPATH . 'wp-settings.php';\n`,
  );

  /** Runs PHP inside WordPress, and gives what it returns. @param {string} code @param {string} [before] */
  const php = (code, before = "") => {
    const load = `require '${folder}/wp-load.php'; require_once ABSPATH . 'wp-admin/includes/admin.php';`;
    const all = `${before} $_SERVER['HTTP_HOST'] = '127.0.0.1:${free}'; ${load} echo "\\nresult:" . json_encode( ( function () { ${code} } )() );`;
    return JSON.parse(run("php", ["-r", all]).split("\nresult:")[1]);
  };
  php(
    `require_once ABSPATH . 'wp-admin/includes/upgrade.php';
    wp_install( 'A group', 'admin', 'admin@example.org', true, '', '${PASSWORD}' );
    wp_insert_user( array( 'user_login' => 'author', 'user_pass' => '${PASSWORD}', 'user_email' => 'author@example.org', 'role' => 'author' ) );`,
    "define( 'WP_INSTALLING', true );",
  );
  await starts("php", ["-S", `127.0.0.1:${free}`, "-t", folder], { at: free, env: { PHP_CLI_SERVER_WORKERS: "4" } });
  return { origin, folder, php };
}
