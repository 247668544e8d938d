//! A source in, a document out; the only place that reads the network.
