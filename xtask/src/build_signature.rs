//! The part of `cargo xtask build` that makes `dist/signature.js`: what reads a signature, with its WebAssembly module inside.
//!
//! It is no part of the engine, nor of the frame: twelve kilobytes that only those load who name keys.

use crate::build::{Files, Result, WASM_OPT, compile, esbuild, node, output, read, text_of, write};
use std::path::Path;

/// After brotli, with the module as a text.
pub const SIGNATURE_BUDGET: usize = 18_000;

const TYPES: &str = "\
import type { ErrorCode } from \"../index.js\";
/** Why rules, as compact JSON, are not taken for signed by one of these keys: code, key, message. Null where one of them signed them. */
export declare const unsigned: (kept: string, keys: unknown) => Promise<[code: ErrorCode, key: string, message: string] | null>;
";

/// Adds the file to the others. What it shares with the engine's loader is folded in, so it needs the glue to be there.
pub fn add(root: &Path, work: &Path, dist: &mut Files) -> Result<()> {
    let compiled = compile(root, "rules-signature")?;
    let small = work.join("signature_bg.wasm");
    output(node(root, "node_modules/binaryen/bin/wasm-opt").arg(compiled).args(WASM_OPT).arg("--strip-debug").arg("-o").arg(&small), None)?;
    write(&work.join("signature.js"), format!("export default \"{}\";\n", text_of(&read(&small)?)).as_bytes())?;
    let entry = "import module from \"./target/dist-parts/signature.js\";\
        import { reader } from \"./pkg/signature-main.js\";\
        export const unsigned = reader(module);";
    dist.insert("signature.js".into(), esbuild(root, &["--format=esm"], Some(entry))?);
    dist.insert("signature.d.ts".into(), TYPES.into());
    Ok(())
}
