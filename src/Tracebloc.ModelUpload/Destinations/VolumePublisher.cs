using Tracebloc.ModelUpload.Models;

namespace Tracebloc.ModelUpload.Destinations;

/// <summary>
/// The steps from staged files to a published model. The new record comes first: a run that is ended at any step leaves
/// all files where the next one finds them, and the next one does the rest.
/// </summary>
internal sealed class VolumePublisher(VolumePlace place, VolumeState state)
{
    private const string Signature = SignatureFile.Name, StagedSignature = "signature";

    /// <param name="files">The model, each with the name that it is staged by; null where it is in its place.</param>
    /// <param name="signature">The new <c>model.sig</c>; null for none.</param>
    public void Publish(IReadOnlyList<(RecordedFile File, string? Staged)> files, ReadOnlyMemory<byte>? signature)
    {
        var record = new VolumeRecord
        {
            Files = [.. files.Select(each => each.File)],
            IsSigned = signature is not null,
        };
        var stale = state.Published.Except(record.Files.Select(file => file.Path)).ToList();
        if (signature is { } bundle)
            place.WriteOwn(Path.Combine(place.Staging, StagedSignature), bundle.Span);
        place.Synchronize();
        place.WriteOwn(place.Next, (record with { IsSigned = record.IsSigned || state.IsSigned }).ToJson());
        // A signature never stands over files that it was not made for.
        if (state.IsSigned)
            place.Remove(Signature);
        foreach (var path in stale)
            place.Remove(path);
        foreach (var (file, staged) in files)
            if (staged is not null)
                place.Place(staged, file.Path);
        if (signature is not null)
            place.Place(StagedSignature, Signature);
        place.Synchronize();
        place.WriteOwn(place.Record, record.ToJson());
        place.RemoveOwn(place.Next);
        place.ClearStaging();
        place.Appear();
    }
}
