/// The version of this program; the only place that says it.
package let tagpinVersion = "0.1.0"
