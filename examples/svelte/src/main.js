// Puts the form onto the page, as a component of Svelte.
import { mount } from "svelte";
import Screener from "./Screener.svelte";

mount(Screener, { target: document.getElementById("app") });
