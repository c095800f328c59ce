// The text of a lesson, from this site or from the reader's device. Rejects with a message for the reader.

import { speaking, t } from "../core/i18n.js";

/** The largest file size, bytes; the simulator has the same limit. */
const LONGEST = 200_000;

/** A path on this site below the page: no other host, and no parent folder. */
const PATH = /^[\w-][\w.-]*(\/[\w-][\w.-]*)*\.toml$/;

/** The lessons of this site, which exist in every language. */
export const LESSONS = ["lessons/fifteen.toml", "lessons/thirty.toml", "lessons/forty-five.toml"];

/**
 * The lesson at that address; one of this site in the language of the page.
 * @param {string} file
 */
export async function fetched(file) {
  if (!PATH.test(file) || file.length > 200) {
    const values = { file: file.slice(0, 80), example: "lessons/fifteen.toml" };
    throw new Error(t("“{file}” is no lesson of this site: the address must be a path such as {example}.", values));
  }
  let answer;
  try {
    // No redirect to a different host.
    const translated = speaking !== "en" && LESSONS.includes(file);
    answer = await read(translated ? file.replace(".toml", `.${speaking}.toml`) : file);
  } catch (cause) {
    throw new Error(
      t("“{file}” could not be loaded ({reason}).", { file, reason: /** @type {Error} */ (cause).message }),
      { cause },
    );
  }
  if (answer.status === 404) throw new Error(t("There is no lesson “{file}” on this site.", { file }));
  if (!answer.ok)
    throw new Error(t("“{file}” could not be loaded (the server answers {status}).", { file, status: answer.status }));
  const text = await answer.text();
  if (text.length > LONGEST) throw new Error(long());
  return text;
}

/**
 * The single-file build includes the lessons.
 * @param {string} file
 */
async function read(file) {
  const { carried } = self;
  if (!carried) return fetch(new URL(file, document.baseURI), { redirect: "error" });
  return Object.hasOwn(carried.files, file) ? new Response(carried.files[file]) : new Response("", { status: 404 });
}

/**
 * The lesson in a file chosen by the reader.
 * @param {File} file
 */
export async function opened(file) {
  if (file.size > LONGEST) throw new Error(long());
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(await file.arrayBuffer());
  } catch (cause) {
    throw new Error(t("The file cannot be read as text. Save it as UTF-8 and open it again."), { cause });
  }
}

const long = () => t("The file is too long for a lesson.");
