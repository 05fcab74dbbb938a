namespace Tracebloc.ModelUpload.Options;

/// <summary>The intents of upstream's job.</summary>
internal enum UploadIntent
{
    UpdateArtifact,
    CreateModel,
    CreateVersion,
}
