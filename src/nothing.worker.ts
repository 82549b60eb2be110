/** Stands in for what a Worker leaves out of its bundle (wrangler.toml). */
export default {}
