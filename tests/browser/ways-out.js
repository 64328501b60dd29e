// Every way that a script has to send something out of a page. What comes of them others look at.

/** How many ways out `tryEverything` tries, each of them to an address with its number. */
export const WAYS_OUT = 14;

/** Runs in a page: every way out that a script can try. Refused at once or refused later, nothing is waited for. */
export function tryEverything([host, who]) {
  const url = `http://${host}/${who}/`;
  const element = (tag, properties) => document.body.appendChild(Object.assign(document.createElement(tag), properties));
  const ways = [
    () => fetch(`${url}1`, { mode: "no-cors" }),
    () => navigator.sendBeacon(`${url}2`, "x"),
    () => {
      const request = new XMLHttpRequest();
      request.open("GET", `${url}3`);
      request.send();
    },
    () => element("img", { src: `${url}4` }),
    () => element("script", { src: `${url}5` }),
    () => element("link", { rel: "stylesheet", href: `${url}6` }),
    () => element("iframe", { src: `${url}7` }),
    () => new EventSource(`${url}8`),
    () => new WebSocket(`ws://${host}/${who}/9`),
    () => element("video", { src: `${url}10` }),
    () => element("object", { data: `${url}11` }),
    () => new Worker(URL.createObjectURL(new Blob([`fetch("${url}12")`]))),
    () => {
      element("iframe", { name: "elsewhere" });
      element("form", { action: `${url}13`, target: "elsewhere", method: "post" }).submit();
    },
    // What a policy lets in by its hash it lets be asked for anywhere.
    () => {
      const [integrity = `sha256-${"A".repeat(43)}=`] = document.head.innerHTML.match(/sha256-[\w+/]{43}=/) ?? [];
      element("script", { crossOrigin: "anonymous", integrity, src: `${url}14` });
    },
  ];
  for (const way of ways) {
    try {
      Promise.resolve(way()).catch(() => {});
    } catch {
      // The next one.
    }
  }
}
