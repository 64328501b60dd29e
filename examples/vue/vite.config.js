// Tells Vue that the element is no component of its own.
import vue from "@vitejs/plugin-vue";

const isCustomElement = (tag) => tag === "relief-screener";
export default { plugins: [vue({ template: { compilerOptions: { isCustomElement } } })] };
