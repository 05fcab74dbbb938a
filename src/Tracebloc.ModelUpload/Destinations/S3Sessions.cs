using Amazon.S3.Model;
using Tracebloc.ModelUpload.Sources;
using Tracebloc.ModelUpload.Stores;
using Tracebloc.Net;

namespace Tracebloc.ModelUpload.Destinations;

/// <summary>The uploads of a prefix: recorded as soon as they are begun, so that the next try continues them.</summary>
internal sealed class S3Sessions(S3Target target, S3Memory memory)
{
    private static readonly TimeSpan LongestAbort = TimeSpan.FromSeconds(30);

    private readonly S3Store _store = target.Store;

    /// <summary>The file that an earlier try completed without a chance to record it; null for none.</summary>
    public async Task<S3RecordedFile?> FindCompletedAsync(SourceFile file, CancellationToken cancellationToken)
    {
        var origin = S3Origin.Of(file);
        if (memory.UploadOf(file.Path) is not { } begun || begun.Origin != origin)
            return null;
        return await LookAsync(file, origin, cancellationToken) is { } tag
            ? new S3RecordedFile(file.Path.Text, file.Length ?? 0, tag, origin, null)
            : null;
    }

    /// <summary>Continues the recorded upload of the same file in the same parts, or begins one.</summary>
    public async Task<S3Session> OpenAsync(SourceFile file, long partLength, CancellationToken cancellationToken)
    {
        var (at, origin) = (target.At(file.Path), S3Origin.Of(file));
        if (memory.UploadOf(file.Path) is { } begun)
        {
            var upload = new S3Upload(at, begun.Id);
            if (begun.Origin == origin && begun.PartLength == partLength
                && await upload.PartsAsync(_store, cancellationToken) is { } parts)
                return new S3Session(upload, parts);
            await upload.AbortAsync(_store, cancellationToken);
        }
        var id = await target.BeginAsync(
            at, metadata => S3Origin.Write(metadata, origin, S3Origin.StatedBy(file)), cancellationToken);
        memory.Note(new S3RecordedUpload(file.Path.Text, id, partLength, origin));
        await memory.WriteAsync(cancellationToken);
        return new S3Session(new S3Upload(at, id), new Dictionary<int, PartDetail>());
    }

    /// <returns>The object's entity tag.</returns>
    public async Task<string> CompleteAsync(
        S3Session session, SourceFile file, IEnumerable<PartETag> parts, CancellationToken cancellationToken) =>
        await session.Upload.CompleteAsync(_store, parts, cancellationToken)
        ?? await LookAsync(file, S3Origin.Of(file), cancellationToken)
        ?? throw _store.Faults.New(
            $"{session.Upload.At} could not be completed: something else gave its upload up; start again");

    /// <summary>Gives an upload up. Its token is not the run's, which may have ended.</summary>
    public async Task AbortAsync(S3Session session, SourceFile file, CancellationToken cancellationToken)
    {
        memory.ForgetUpload(file.Path.Text);
        using var deadline = new Deadline(LongestAbort, _store.Time, cancellationToken);
        try
        {
            await session.Upload.AbortAsync(_store, deadline.Token);
        }
        catch (Exception e) when (e is UploadException or OperationCanceledException)
        {
            // The fault that led here is the one to report; the next try's publication looks for open uploads.
        }
    }

    /// <summary>Gives up what is open for these files: none of their uploads is needed any more.</summary>
    public async Task CleanAsync(IReadOnlyList<string> paths, CancellationToken cancellationToken)
    {
        var keys = paths.Select(path => target.At(path).Key).ToHashSet(StringComparer.Ordinal);
        foreach (var open in await S3Upload.OpenBelowAsync(_store, target.Prefix + "/", cancellationToken))
            if (keys.Contains(open.At.Key))
                await open.AbortAsync(_store, cancellationToken);
    }

    private async Task<string?> LookAsync(SourceFile file, string origin, CancellationToken cancellationToken)
    {
        var there = await target.LookAsync(target.At(file.Path), cancellationToken);
        return there is not null && (file.Length is null || there.ContentLength == file.Length)
            && S3Origin.Read(there.Metadata) is { } written && written.Origin == origin
            ? S3Entry.Bare(there.ETag)
            : null;
    }
}
