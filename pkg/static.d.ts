/** The same as the main entry, for places where `import()` is forbidden, such as a service worker: everything is there from the start. */
export * from "./index.js";
