using Tracebloc.Registry;

namespace Tracebloc.ImageRefresh.Observing;

/// <summary>
/// An image to look up, and the credentials: an answer to one workload's pull secrets does not count for another's.
/// </summary>
/// <param name="Image">The image.</param>
/// <param name="Credentials">The workload's own; null where there are only those that all workloads share.</param>
internal sealed record LookupKey(ImageReference Image, CredentialStore? Credentials);
