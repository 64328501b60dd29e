// Who is known to watch visitors, by the end of the host's name or by what they leave on the page. A list of names and nothing else; who
// is not on it is still told as a host.

/** What records the screen, the pointer and the keys. */
export const RECORDERS = {
  "clarity.ms": "Microsoft Clarity",
  "fullstory.com": "FullStory",
  "hotjar.com": "Hotjar",
  "hotjar.io": "Hotjar",
  "inspectlet.com": "Inspectlet",
  "logrocket.io": "LogRocket",
  "lr-ingest.io": "LogRocket",
  "lr-in.com": "LogRocket",
  "luckyorange.com": "Lucky Orange",
  "mouseflow.com": "Mouseflow",
  "posthog.com": "PostHog",
  "quantummetric.com": "Quantum Metric",
  "sessioncam.com": "SessionCam",
  "smartlook.com": "Smartlook",
};

/** What counts visits, or tells advertisers of them. */
export const TRACKERS = {
  "adnxs.com": "Xandr advertising",
  "ads-twitter.com": "the X pixel",
  "amplitude.com": "Amplitude",
  "analytics.tiktok.com": "the TikTok pixel",
  "bat.bing.com": "Microsoft Advertising",
  "cloudflareinsights.com": "Cloudflare Web Analytics",
  "connect.facebook.net": "the Meta pixel",
  "criteo.com": "Criteo advertising",
  "doubleclick.net": "Google advertising",
  "facebook.com": "the Meta pixel",
  "google-analytics.com": "Google Analytics",
  "googleadservices.com": "Google advertising",
  "googlesyndication.com": "Google advertising",
  "googletagmanager.com": "Google Tag Manager",
  "heap.io": "Heap",
  "heapanalytics.com": "Heap",
  "hs-analytics.net": "HubSpot",
  "hs-scripts.com": "HubSpot",
  "matomo.cloud": "Matomo",
  "mixpanel.com": "Mixpanel",
  "nr-data.net": "New Relic",
  "pinimg.com": "the Pinterest tag",
  "quantserve.com": "Quantcast",
  "scorecardresearch.com": "Comscore",
  "segment.com": "Segment",
  "segment.io": "Segment",
  "snap.licdn.com": "the LinkedIn tag",
  "stats.wp.com": "WordPress.com Stats",
  "taboola.com": "Taboola",
};

/** The same where their script lies on the site itself: by a name that it leaves on the page. */
export const LEFT_BEHIND = {
  rrweb: "rrweb",
  rrwebRecord: "rrweb",
  clarity: "Microsoft Clarity",
  hj: "Hotjar",
  FS: "FullStory",
  LogRocket: "LogRocket",
  posthog: "PostHog",
};

/** @param {Record<string, string>} list @param {string} host */
export const named = (list, host) => Object.entries(list).find(([end]) => host === end || host.endsWith(`.${end}`))?.[1];
