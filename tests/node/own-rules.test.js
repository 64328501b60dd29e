// Rules that a program or a page brings in the place of the built-in ones: whole, and signed where it names keys.

import assert from "node:assert/strict";
import { generateKeyPairSync, sign, verify } from "node:crypto";
import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { dice, hostile, MARKS, thrown } from "./hostile.js";
import { dated, fnv, seal, sealedText } from "./seal.js";
import { importFrom, install, root, run, temporaryFolder } from "./support.js";

const folder = install();
const { loadEngine, ScreenerError } = await importFrom(folder, "relief-screener");
const external = await importFrom(folder, "relief-screener/external");
const core = await import(join(folder, "node_modules/relief-screener/engine-core.js"));
const wasm = readFileSync(join(folder, "node_modules/relief-screener/dist/engine_bg.wasm"));
const file = readFileSync(join(folder, "node_modules/relief-screener/dist/rules.json"));
const rules = JSON.parse(file.toString());

/** Is this refused by an error of ours, with this code and place, and a cure? */
const refused = (work, code, place) =>
  assert.rejects(work, (error) => {
    assert.ok(error instanceof ScreenerError, `${error}`);
    assert.deepEqual([error.code, error.detail.key], [code, place], error.message);
    assert.match(error.message, /^[ -~]{20,300}$/);
    assert.match(error.message, /; |give/, "no cure");
    return true;
  });

// ---- Whole ----------------------------------------------------------------------------------

test("Rust writes the file as JavaScript would, and its checksum is over all the rest", () => {
  assert.ok(JSON.stringify(rules) === file.toString(), "the compact text is another one");
  assert.ok(JSON.stringify(seal(rules)) === file.toString(), "the checksum is another one");
  assert.equal(Object.keys(rules).at(-1), "checksum");
  assert.equal(fnv(Buffer.from("foobar")), 0x85944171f73967e8n);
});

test("one changed byte at a thousand places of the file: a thousand times refused", async () => {
  const roll = dice(2026);
  const seen = { "no JSON": 0 };
  for (let i = 0; i < 1000; i++) {
    const changed = Buffer.from(file);
    const at = Math.floor((i * file.length) / 1000);
    changed[at] = (changed[at] + 1 + roll(255)) & 255;
    let own;
    try {
      own = JSON.parse(new TextDecoder().decode(changed));
    } catch {
      seen["no JSON"]++;
      continue;
    }
    const engine = await loadEngine({ rules: own }).catch((error) => error);
    assert.ok(engine instanceof ScreenerError, `byte ${at}: ${file[at]} as ${changed[at]} goes by`);
    seen[engine.code] = (seen[engine.code] ?? 0) + 1;
  }
  assert.equal(
    Object.values(seen).reduce((sum, count) => sum + count),
    1000,
  );
  assert.ok(seen["rules-changed"] > 300, JSON.stringify(seen));
});

test("what no byte of the pack holds is held all the same, and a file without its checksum is none", async () => {
  const { checksum, ...bare } = rules;
  const [first, second, ...others] = Object.entries(rules);
  const [one, ...help] = rules.help;
  const changes = {
    "no checksum": bare,
    "an empty checksum": { ...rules, checksum: "" },
    "a checksum in capitals": { ...rules, checksum: checksum.toUpperCase() },
    "a number for a checksum": { ...rules, checksum: 7 },
    "an object for a checksum": { ...rules, checksum: { toString: 1 } },
    "a list with the checksum": { ...rules, checksum: [checksum] },
    "two keys swapped": Object.fromEntries([second, first, ...others]),
    "another address of help": { ...rules, help: [{ ...one, url: "https://example.org/" }, ...help] },
    "a place of help less": { ...rules, help },
    "a key more": { ...rules, more: true },
  };
  for (const [what, own] of Object.entries(changes)) {
    assert.notEqual(JSON.stringify(own), file.toString(), what);
    await refused(loadEngine({ rules: own }), "rules-changed", "rules.checksum");
    await refused(external.loadEngine({ wasm, rules: own }), "rules-changed", "rules.checksum");
  }
  // How the file is set, and where the two keys stand that it is not over, is all the same.
  const pretty = JSON.parse(JSON.stringify({ checksum, signature: "nobody looks at it", ...bare }, null, 2));
  assert.equal((await loadEngine({ rules: pretty })).rules.version, rules.version);
});

test("of another format is said before anything else", async () => {
  await refused(loadEngine({ rules: { ...rules, format: rules.format + 1 } }), "rules-format-newer", "rules.format");
  await refused(loadEngine({ rules: { ...rules, format: rules.format - 1 } }), "rules-format-older", "rules.format");
});

test("the built-in rules are not read twice", async () => {
  const { checksum, ...bare } = rules;
  assert.equal((await core.openEngine({ wasm, rules: bare })).rules.version, rules.version);
});

// ---- In their day ---------------------------------------------------------------------------

test("in the form rules may not be over, nor older than the built-in ones; a program can read them all the same", async () => {
  const today = "2031-05-05";
  const open = (own, more) => core.openEngine({ wasm, rules: own, check: true, validOn: today, notBefore: "2031.01.02", ...more });
  const fresh = dated(rules, { version: "2031.01.02", expires: "2031-05-06" });
  assert.equal((await open(fresh)).rules.version, "2031.01.02");
  const over = dated(rules, { version: "2031.01.02", expires: "2031-05-05" });
  await refused(open(over), "rules-expired", "rules.version");
  const older = dated(rules, { version: "2031.01.01", expires: "2031-05-06" });
  await refused(open(older), "rules-older", "rules.version");
  assert.equal((await open(older, { notBefore: undefined })).rules.version, "2031.01.01", "a page asked for older ones");
  for (const own of [over, older]) assert.equal((await loadEngine({ rules: own })).rules.version, own.version);
  const report = (await loadEngine({ rules: over })).screen({ asOf: today, answers: {}, today });
  assert.ok(report.cards.every(({ door }) => door.state === "unknown"));
});

// ---- Signed ---------------------------------------------------------------------------------

const line = (publicKey) => `ed25519:${Buffer.from(publicKey.export({ format: "jwk" }).x, "base64url").toString("base64")}`;
const mine = generateKeyPairSync("ed25519");
const other = generateKeyPairSync("ed25519");
const key = line(mine.publicKey);
const signed = (own, by = mine) => ({ ...own, signature: sign(null, Buffer.from(sealedText(own)), by.privateKey).toString("base64") });

test("with keys the rules have to be signed by one of them", async () => {
  const own = signed(rules);
  for (const keys of [[key], [line(other.publicKey), key], [key, key]]) {
    assert.equal((await loadEngine({ rules: own, keys })).rules.version, rules.version);
    assert.equal((await external.loadEngine({ wasm, rules: own, keys })).rules.version, rules.version);
  }
  const keys = [key];
  await refused(loadEngine({ rules, keys }), "rules-unsigned", "rules.signature");
  await refused(external.loadEngine({ wasm, rules, keys }), "rules-unsigned", "rules.signature");
  await refused(loadEngine({ rules: own, keys: [line(other.publicKey)] }), "rules-signature", "rules.signature");
  await refused(loadEngine({ rules: signed(rules, other), keys }), "rules-signature", "rules.signature");
  // Somebody who changes the rules can make the checksum too, and not the signature.
  const moved = seal({ ...own, help: [] });
  assert.equal((await loadEngine({ rules: moved })).help.length, 0);
  await refused(loadEngine({ rules: moved, keys }), "rules-signature", "rules.signature");
  await refused(loadEngine({ rules: { ...own, help: [] }, keys }), "rules-changed", "rules.checksum");
});

test("a signature that is not written as it should be is refused", async () => {
  const { signature } = signed(rules);
  const bytes = Buffer.from(signature, "base64");
  bytes[9] ^= 4;
  const wrong = ["", "x", 7, null, {}, [signature], `${signature} `, signature.slice(0, -2), signature.slice(4), bytes.toString("base64")];
  // The last letter holds four bits that say nothing: base64 has one way to write them.
  wrong.push(`${signature.slice(0, -3)}${String.fromCharCode(signature.charCodeAt(85) + 1)}==`);
  for (const one of wrong)
    await refused(loadEngine({ rules: { ...rules, signature: one }, keys: [key] }), "rules-signature", "rules.signature");
});

test("a key that is none is refused, and never passed over", async () => {
  const own = signed(rules);
  const weak = (bytes) => `ed25519:${Buffer.from(bytes).toString("base64")}`;
  const none = [
    "",
    "ed25519:",
    key.slice(8),
    key.toUpperCase(),
    ` ${key}`,
    `${key}\n`,
    key.slice(0, -1),
    key.replace("ed25519", "ed448"),
    `${key.slice(0, -5)}====`,
    weak(new Uint8Array(31)),
    weak(new Uint8Array(33)),
    weak(new Uint8Array(32)),
    weak([1, ...new Uint8Array(31)]),
    weak(new Uint8Array(32).fill(255)),
    7,
    null,
    undefined,
    [key],
    new String(key),
  ];
  for (const one of none) {
    await refused(loadEngine({ rules: own, keys: [one] }), "rules-key", "keys.0");
    // Whether another one fits or not, and whether there is anything to fit.
    await refused(loadEngine({ rules: own, keys: [key, one] }), "rules-key", "keys.1");
    await refused(loadEngine({ rules, keys: [key, one] }), "rules-key", "keys.1");
  }
  for (const keys of [[], key, {}, null, 7, Array(21).fill(key), new Set([key]), { 0: key, length: 1 }]) {
    await refused(loadEngine({ rules: own, keys }), "rules-key", "keys");
  }
  // The built-in rules are signed by nobody, so keys without rules would promise what is not so.
  await refused(loadEngine({ keys: [key] }), "wrong-kind", "keys");
  await refused(external.loadEngine({ wasm, keys: [key] }), "wrong-kind", "keys");
});

test("keys that throw, lie and change let nothing through and say nothing", async () => {
  const roll = dice(7);
  const throws = thrown(ScreenerError);
  for (let i = 0; i < 150; i++) {
    const keys = i % 2 ? hostile([key], roll, throws) : [hostile(key, roll, throws), key];
    const error = await loadEngine({ rules, keys }).then(
      () => null,
      (one) => one,
    );
    // No keys at all are no keys: undefined is what is left out.
    if (error === null) assert.equal(keys, undefined);
    else assert.ok(error instanceof ScreenerError && ["rules-key", "rules-unsigned"].includes(error.code), `${i}: ${error?.code}`);
    for (const mark of MARKS) assert.ok(!`${error?.stack}`.includes(mark));
  }
});

test("what is looked at is what is used: an object that shows two faces cannot be signed with one of them", async () => {
  const own = signed(rules);
  let reads = 0;
  const twofold = {
    ...own,
    get help() {
      reads++;
      return reads === 1 ? own.help : [];
    },
  };
  const first = Object.keys(own).indexOf("help");
  assert.ok(first > 0);
  const ordered = Object.defineProperties(
    {},
    Object.fromEntries(Object.keys(own).map((name) => [name, Object.getOwnPropertyDescriptor(twofold, name)])),
  );
  const engine = await loadEngine({ rules: ordered, keys: [key] });
  assert.equal(engine.help.length, own.help.length);
  assert.equal(reads, 1);
});

// ---- The commands ---------------------------------------------------------------------------

const xtask = (...args) => run("cargo", ["xtask", "rules", ...args], { cwd: root });
const fails = (args, naming) =>
  assert.throws(
    () => xtask(...args),
    ({ stderr }) => naming.test(stderr) || assert.fail(stderr),
  );

test("the commands make keys and sign, as another library reads it", async () => {
  const place = temporaryFolder();
  const keys = join(place, "keys");
  const printed = xtask("keys", keys);
  const [secret, made] = ["rules-secret.key", "rules-public.key"].map((name) => join(keys, name));
  const publicLine = readFileSync(made, "utf8").trim();
  assert.ok(printed.includes(publicLine) && /out of the repository and off the website/.test(printed), printed);
  assert.ok(!printed.includes(readFileSync(secret, "utf8").trim().split(":")[1]), "the secret is on the screen");
  assert.equal(statSync(secret).mode & 0o777, 0o600);
  fails(["keys", keys], /keys in it already/);
  fails(["keys", join(root, "target/keys")], /in the project/);
  assert.ok(!existsSync(join(root, "target/keys")));

  const out = join(place, "signed.json");
  const unsigned = join(place, "rules.json");
  writeFileSync(unsigned, file);
  assert.match(xtask("sign", unsigned, "--key", secret, "--out", out), /signed by ed25519:/);
  assert.deepEqual(readFileSync(unsigned), file);
  const own = JSON.parse(readFileSync(out, "utf8"));
  const x = Buffer.from(publicLine.slice(8), "base64").toString("base64url");
  const theirs = { key: { kty: "OKP", crv: "Ed25519", x }, format: "jwk" };
  assert.ok(verify(null, Buffer.from(sealedText(own)), theirs, Buffer.from(own.signature, "base64")));
  assert.equal((await loadEngine({ rules: own, keys: [publicLine] })).rules.version, rules.version);
  await refused(loadEngine({ rules: own, keys: [key] }), "rules-signature", "rules.signature");
  // In its place, and again over another signature.
  xtask("sign", unsigned, "--key", secret);
  xtask("sign", unsigned, "--key", secret);
  assert.deepEqual(readFileSync(unsigned), readFileSync(out));

  const wrong = join(place, "wrong.json");
  for (const [text, naming] of [
    ["{", /no JSON.*take the rules\.json/],
    [JSON.stringify({ ...rules, help: [] }), /checksum.*take the rules\.json/],
    [JSON.stringify({ ...rules, format: 1 }), /format.*take the rules\.json/],
  ]) {
    writeFileSync(wrong, text);
    fails(["sign", wrong, "--key", secret], naming);
    assert.equal(readFileSync(wrong, "utf8"), text);
  }
  fails(["sign", out, "--key", made], /is no secret key.*rules keys/);
  fails(["sign", out, "--key", join(place, "none")], /none/);
});
