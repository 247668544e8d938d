//! Arguments in, an exit code out.

mod cli;

use std::process::ExitCode;

/// Several threads allocate and free many small strings; glibc's allocator is slower at that, and
/// keeps more of what a long-lived worker has freed.
#[cfg(not(target_env = "msvc"))]
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

fn main() -> ExitCode {
    cli::main()
}
