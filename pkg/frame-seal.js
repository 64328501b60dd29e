// @ts-check
// The first code that runs in the frame. The policy of the document stops every request; what no policy stops is removed here.
for (const name of ["RTCPeerConnection", "webkitRTCPeerConnection", "RTCDataChannel", "RTCIceTransport", "WebTransport", "SharedWorker"]) {
  Reflect.deleteProperty(globalThis, name);
}

/** From here on no script comes in, not even one of ours. A script that a policy lets in by its hash may be asked for at any address, and
 * an address can carry an answer: so before the first one this ends. A policy that comes later can only take away. */
export function shut() {
  const policy = document.createElement("meta");
  policy.httpEquiv = "Content-Security-Policy";
  policy.content = "script-src 'wasm-unsafe-eval'";
  document.head.append(policy);
}
