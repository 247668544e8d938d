//! An employer's name as written in, its settled form out.
