// Svelte, as its guide sets it up.
import { svelte } from "@sveltejs/vite-plugin-svelte";

export default { plugins: [svelte()] };
