using Tracebloc.ModelUpload.Destinations;
using Tracebloc.ModelUpload.Registering;

namespace Tracebloc.ModelUpload.Moving;

/// <summary>A run that succeeded.</summary>
internal sealed record UploadResult(Publication Publication, RegisteredIds Ids);
