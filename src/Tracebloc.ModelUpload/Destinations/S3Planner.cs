using System.Text;
using Tracebloc.ModelUpload.Models;
using Tracebloc.ModelUpload.Sources;
using Tracebloc.ModelUpload.Stores;
using Tracebloc.Net;
using Tracebloc.Registry;

namespace Tracebloc.ModelUpload.Destinations;

/// <summary>Finds out what of a model is below a prefix already, and how the rest gets there.</summary>
internal sealed class S3Planner(S3Target target, S3Memory memory, S3Limits limits)
{
    private const int LookUps = 16;

    public async Task<DestinationPlan> PlanAsync(
        IModelSource source, SourceListing listing, CancellationToken cancellationToken)
    {
        RequireRoom(source, listing);
        await memory.ReadAsync(cancellationToken);
        var there = (await S3Listing.ReadAsync(target.Store, target.Prefix + "/", cancellationToken))
            .ToDictionary(entry => entry.Key, StringComparer.Ordinal);
        var isCopied = source is S3Source { Store: var other } && target.Store.IsOneServiceWith(other);
        var parts = await Throttled.SelectAsync(
            listing.Files, LookUps, (file, token) => PartAsync(file, there, isCopied, token), cancellationToken);
        return new DestinationPlan(parts, Notes(listing, there.Keys));
    }

    private async Task<PlannedPart> PartAsync(
        SourceFile file,
        Dictionary<string, S3Entry> there,
        bool isCopied,
        CancellationToken cancellationToken)
    {
        var present = there.TryGetValue(target.At(file.Path).Key, out var entry)
            ? await PresentAsync(file, entry, isCopied, cancellationToken)
            : null;
        if (present is not null)
            memory.Note(present);
        var known = present?.Sha256 is { } hex ? Digest.Parse($"sha256:{hex}") : null;
        var way = present is not null ? PartWay.Present : isCopied ? PartWay.Copied : PartWay.Streamed;
        return new PlannedPart(file.Path.Text, way, [file], known);
    }

    /// <summary>The object where it holds the file's bytes; null where that is not known for certain.</summary>
    private async Task<S3RecordedFile?> PresentAsync(
        SourceFile file, S3Entry entry, bool isCopied, CancellationToken cancellationToken)
    {
        if (file.Length is { } length && length != entry.Length)
            return null;
        var (origin, stated) = (S3Origin.Of(file), S3Origin.StatedBy(file));
        if (memory.FileOf(file.Path.Text) is { } recorded && recorded.ETag == entry.ETag)
            return IsSame(recorded.Origin, recorded.Sha256) ? recorded with { Origin = origin } : null;
        var answer = await target.LookAsync(target.At(file.Path), cancellationToken);
        if (answer is null || S3Origin.Read(answer.Metadata) is not { } written
            || !IsSame(written.Origin, written.Sha256))
            return null;
        // Without its hash it has to be read; a copy needs none.
        return (written.Sha256 ?? stated) is null && !isCopied
            ? null
            : new S3RecordedFile(
                file.Path.Text, entry.Length, S3Entry.Bare(answer.ETag), origin, written.Sha256 ?? stated);

        bool IsSame(string itsOrigin, string? sha256) =>
            itsOrigin == origin || (stated is not null && stated == sha256);
    }

    private void RequireRoom(IModelSource source, SourceListing listing)
    {
        foreach (var file in listing.Files)
        {
            var at = target.At(file.Path);
            if (Encoding.UTF8.GetByteCount(at.Key) > limits.Key)
                throw target.Store.Faults.New(
                    $"{at} cannot be written: its key has more than {limits.Key} bytes; use a shorter prefix");
            if (file.Length > limits.File)
                throw target.Store.Faults.New(
                    $"{at} cannot be written: {file.Length} bytes are more than the {limits.File} of one object");
            if (source is S3Source s3 && target.Store.IsOneServiceWith(s3.Store) && s3.Store.At(s3.KeyOf(file)) == at)
                throw target.Store.Faults.New(
                    $"{at} is source and destination at once; choose another --destination-aws-key");
        }
    }

    private List<string> Notes(SourceListing listing, IEnumerable<string> keys)
    {
        var model = listing.Files.Select(file => file.Path.Text).ToHashSet(StringComparer.Ordinal);
        var former = memory.Outside(model).Select(file => file.Path)
            .Where(path => path != S3Destination.Signature).ToList();
        var foreign = keys.Select(key => key[(target.Prefix.Length + 1)..])
            .Count(path => !model.Contains(path) && !former.Contains(path)
                && ModelPath.TryParse(path, out var parsed, out _) && ModelFilter.IsModel(parsed));
        var notes = new List<string>();
        if (memory.IsDamaged)
            notes.Add($"{target.At(S3Record.Path)} is damaged: files are compared one by one, and it is written anew.");
        if (former.Count > 0)
            notes.Add(
                $"{former.Count} files of an earlier publication are removed: {string.Join(", ", former.Take(5))}.");
        if (foreign > 0)
            notes.Add($"{foreign} other objects below {target.At("")} stay.");
        return notes;
    }
}
