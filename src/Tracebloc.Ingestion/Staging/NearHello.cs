namespace Tracebloc.Ingestion.Staging;

/// <summary>The first frame of the sender.</summary>
/// <param name="Version">The version of its program.</param>
/// <param name="Session">The transfer, the same for all of its connections.</param>
/// <param name="Role">The part of this connection.</param>
/// <param name="Folder">The name of the staging folder.</param>
/// <param name="Files">The number of files that this connection offers.</param>
public sealed record NearHello(string Version, Guid Session, StagingRole Role, string Folder, int Files);
