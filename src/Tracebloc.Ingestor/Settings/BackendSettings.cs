using Tracebloc.Configuration;

namespace Tracebloc.Ingestor.Settings;

/// <summary>The central backend as the environment gives it.</summary>
/// <param name="Address">Its root, with a slash at the end.</param>
/// <param name="Token">Sent with every call.</param>
internal sealed record BackendSettings(Uri Address, Secret Token);
