// @ts-check
// Every screen behind Start, by the name of its place. They come with the second script, while the start page is read.

import { answer } from "./answer.js";
import { ask } from "./ask.js";
import { entry } from "./entry.js";
import { everything } from "./everything.js";
import { entryList } from "./list.js";
import { path } from "./path.js";
import { review, slip } from "./review.js";
import { same } from "./same.js";
import { screen, singly } from "./screen.js";
import { sharper } from "./sharper.js";
import { facts, points } from "./sheet.js";
import { urgent } from "./urgent.js";

export const screens = {
  screen,
  singly,
  ask,
  list: entryList,
  entry,
  urgent,
  sharper,
  slip,
  review,
  results: answer,
  path,
  everything,
  points,
  facts,
  same,
};
