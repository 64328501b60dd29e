// @ts-check
// The first code that runs in the frame. The policy of the document stops every request; what no policy stops is removed here.
for (const name of ["RTCPeerConnection", "webkitRTCPeerConnection", "RTCDataChannel", "RTCIceTransport", "WebTransport", "SharedWorker"]) {
  Reflect.deleteProperty(globalThis, name);
}
