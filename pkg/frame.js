// @ts-check
// The sealed document: one script, allowed by its hash, under a policy that lets nothing else in and nothing out.

/** Never allow-same-origin: it would open the frame to the page around it. */
export const SANDBOX = "allow-scripts allow-modals allow-popups allow-popups-to-escape-sandbox allow-downloads";

/**
 * @param {string} script
 * @param {string} hash
 * @param {string} [nonce] of the page around, whose policy holds in the frame too
 */
export function sealedDocument(script, hash, nonce = "") {
  const policy = [
    "default-src 'none'",
    `script-src '${hash}' 'wasm-unsafe-eval'`,
    "style-src 'none'",
    "connect-src 'none'",
    "form-action 'none'",
    "base-uri 'none'",
  ].join("; ");
  return (
    `<!DOCTYPE html><html lang="en"><head><meta http-equiv="Content-Security-Policy" content="${policy}">` +
    `<meta name="referrer" content="no-referrer"><meta charset="utf-8"><meta name="color-scheme" content="light dark">` +
    `<meta name="viewport" content="width=device-width"><title>Questions</title></head><body>` +
    `<script${/^[\w+/=-]+$/.test(nonce) ? ` nonce="${nonce}"` : ""}>${script}</script></body></html>`
  );
}
