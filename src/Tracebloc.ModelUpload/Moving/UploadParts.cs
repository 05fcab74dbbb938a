using Tracebloc.ModelUpload.Destinations;
using Tracebloc.ModelUpload.Registering;
using Tracebloc.ModelUpload.Signing;
using Tracebloc.ModelUpload.Sources;

namespace Tracebloc.ModelUpload.Moving;

/// <summary>The four sides of a run.</summary>
/// <param name="Source">The place that the model is at.</param>
/// <param name="Destination">The place that it goes to.</param>
/// <param name="Registration">The Model Registry's part.</param>
/// <param name="Signer">The signatures; null for a model that is not signed.</param>
internal sealed record UploadParts(
    IModelSource Source, IModelDestination Destination, Registration Registration, IModelSigner? Signer);
