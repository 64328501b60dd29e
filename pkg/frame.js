// @ts-check
// The sealed document: scripts allowed by their hashes, under a policy that lets nothing else in and nothing out.

/** Never allow-same-origin: it would open the frame to the page around it. */
export const SANDBOX = "allow-scripts allow-modals allow-popups allow-popups-to-escape-sandbox allow-downloads";

/**
 * @param {string} script the first one
 * @param {string[]} hashes of every script that may run here, also of those that come later
 * @param {string} [nonce] of the page around, whose policy holds in the frame too
 */
export function sealedDocument(script, hashes, nonce = "") {
  return `${headOf(hashes)}<body><script${/^[\w+/=-]+$/.test(nonce) ? ` nonce="${nonce}"` : ""}>${script}</script></body></html>`;
}

/** @param {string[]} hashes @param {string} [files] where scripts that are files may come from, with a space behind */
export function headOf(hashes, files = "") {
  const policy = [
    "default-src 'none'",
    `script-src ${files}${hashes.map((hash) => `'${hash}'`).join(" ")} 'wasm-unsafe-eval'`,
    "style-src 'none'",
    "connect-src 'none'",
    "form-action 'none'",
    "base-uri 'none'",
  ].join("; ");
  return (
    `<!DOCTYPE html><html lang="en"><head><meta http-equiv="Content-Security-Policy" content="${policy}"><meta charset="utf-8">` +
    `<meta name="referrer" content="no-referrer"><meta name="color-scheme" content="light dark">` +
    `<meta name="viewport" content="width=device-width"><title>Questions</title></head>`
  );
}
