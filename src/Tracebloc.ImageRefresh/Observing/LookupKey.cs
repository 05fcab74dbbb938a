using Tracebloc.Registry;

namespace Tracebloc.ImageRefresh.Observing;

/// <summary>
/// An image to ask a registry for, and as whom: what one workload's pull secrets let see is no answer for another's.
/// </summary>
/// <param name="Image">The image.</param>
/// <param name="Credentials">The workload's own; null where there are only those that all workloads share.</param>
internal sealed record LookupKey(ImageReference Image, CredentialStore? Credentials);
