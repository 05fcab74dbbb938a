using Tracebloc.Cli.Finding;

namespace Tracebloc.Cli.Staging;

/// <summary>The place and the purpose of a staging pod.</summary>
/// <param name="Release">The release.</param>
/// <param name="Account">The service account, which may bring pull secrets.</param>
/// <param name="Table">The table that the data is for.</param>
/// <param name="Folder">The name of the staging folder.</param>
internal sealed record StageTarget(Release Release, string Account, string Table, string Folder);
