using Tracebloc.ModelUpload.Flow;
using Tracebloc.ModelUpload.Sources;
using Tracebloc.Registry;

namespace Tracebloc.ModelUpload.Destinations;

/// <summary>
/// Sends files through this process: whole where one part holds them, else in parts, several at a time.
/// </summary>
internal sealed class S3Streaming(S3Target target, S3Memory memory, S3Limits limits, Transfer transfer)
{
    private readonly S3Sessions _sessions = new(target, memory);

    /// <summary>Brings a file to the prefix.</summary>
    public async Task<S3RecordedFile> SendAsync(
        IModelSource source, SourceFile file, CancellationToken cancellationToken)
    {
        var length = PartLengthOf(file);
        await using var stream = await VerifiedFile.OpenAsync(source, file, transfer, cancellationToken);
        if (file.Length > length && await _sessions.FindCompletedAsync(file, cancellationToken) is { } completed)
            return await ReadOnlyAsync(completed, stream, cancellationToken);
        var reader = new PartReader(stream);
        var first = await transfer.Memory.RentAsync(FirstLength(file, length), cancellationToken);
        try
        {
            var count = await reader.FillAsync(first.Memory, cancellationToken);
            using var parts = new S3Parts(target, reader, transfer.Memory, first, length);
            if (!reader.IsAtEnd)
                return await SendPartsAsync(file, stream, parts, cancellationToken);
            return await PutAsync(file, first.Memory[..count], ContentOf(stream), cancellationToken);
        }
        finally
        {
            first.Dispose();
        }
    }

    private async Task<S3RecordedFile> PutAsync(
        SourceFile file, ReadOnlyMemory<byte> content, Digest digest, CancellationToken cancellationToken)
    {
        var origin = S3Origin.Of(file);
        var tag = await target.PutAsync(
            target.At(file.Path), content, metadata => S3Origin.Write(metadata, origin, digest.Hex), cancellationToken);
        return new S3RecordedFile(file.Path.Text, content.Length, tag, origin, digest.Hex);
    }

    private async Task<S3RecordedFile> SendPartsAsync(
        SourceFile file, VerifiedStream stream, S3Parts parts, CancellationToken cancellationToken)
    {
        var session = await _sessions.OpenAsync(file, parts.Length, cancellationToken);
        try
        {
            var sent = await parts.SendAsync(session, limits.MostParts, cancellationToken);
            var tag = await _sessions.CompleteAsync(session, file, sent, cancellationToken);
            return new S3RecordedFile(
                file.Path.Text, stream.Reached, tag, S3Origin.Of(file), ContentOf(stream).Hex);
        }
        catch (UploadException e) when (!e.IsTransient)
        {
            // Other ends leave the upload to the next try, which the record tells of it.
            await _sessions.AbortAsync(session, file, CancellationToken.None);
            throw;
        }
    }

    // Everything arrived in an earlier try, which ended before it could record the file's hash.
    private static async Task<S3RecordedFile> ReadOnlyAsync(
        S3RecordedFile completed, VerifiedStream stream, CancellationToken cancellationToken)
    {
        await stream.CopyToAsync(Stream.Null, cancellationToken);
        return completed with { Sha256 = ContentOf(stream).Hex };
    }

    private static Digest ContentOf(VerifiedStream stream) =>
        stream.Content ?? throw new InvalidOperationException("The file has not been read to its end.");

    private static int FirstLength(SourceFile file, int length) =>
        file.Length is { } bytes ? (int)Math.Clamp(bytes, 1, length) : length;

    private int PartLengthOf(SourceFile file)
    {
        var length = limits.PartOf(file.Length);
        if (file.Length is null)
            length = (int)Math.Max(limits.Part, Math.Min(length, transfer.Memory.Total / S3Parts.AtOnce));
        return Math.Min(length, file.Length ?? length) <= transfer.Memory.Total
            ? length
            : throw target.Store.Faults.New(
                $"{target.At(file.Path)} needs parts of {length} bytes; raise --memory-budget to at least that");
    }
}
