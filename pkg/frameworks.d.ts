// The element by its name in the markup of React, Preact and Vue. Each part counts only where that framework is installed:
// what TypeScript says of a framework that is not there is not listened to, so that the package needs none of them.

import type { ReliefScreener, ReliefScreenerAttributes } from "./element.js";

// @ts-ignore
type ReactProps = import("react").DetailedHTMLProps<import("react").HTMLAttributes<ReliefScreener>, ReliefScreener>;
// @ts-ignore
type PreactProps = import("preact").HTMLAttributes<ReliefScreener>;
// @ts-ignore
type VueProps = import("vue").HTMLAttributes & import("vue").ReservedProps;

// @ts-ignore
declare module "react" {
  namespace JSX {
    interface IntrinsicElements {
      "relief-screener": ReactProps & ReliefScreenerAttributes;
    }
  }
}

// @ts-ignore
declare module "preact" {
  namespace JSX {
    interface IntrinsicElements {
      "relief-screener": PreactProps & ReliefScreenerAttributes;
    }
  }
}

// @ts-ignore
declare module "vue" {
  interface GlobalComponents {
    "relief-screener": new () => { $props: VueProps & ReliefScreenerAttributes };
  }
}
