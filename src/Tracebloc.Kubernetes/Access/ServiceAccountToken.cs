using Tracebloc.Configuration;

namespace Tracebloc.Kubernetes;

/// <summary>A token of a service account.</summary>
/// <param name="Token">The token.</param>
/// <param name="Expires">The end of its life by the server's clock, as the server granted it.</param>
public sealed record ServiceAccountToken(Secret Token, DateTimeOffset Expires);
