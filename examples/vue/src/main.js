// Puts the form onto the page, as a component of Vue.
import { createApp } from "vue";
import Screener from "./Screener.vue";

createApp(Screener).mount("#app");
