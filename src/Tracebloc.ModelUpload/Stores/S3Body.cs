using System.Security.Cryptography;
using Amazon.S3.Model;
using Tracebloc.Net;

namespace Tracebloc.ModelUpload.Stores;

/// <summary>An object's bytes while they come: each read has a deadline, and faults name the object.</summary>
/// <param name="store">Explains faults.</param>
/// <param name="at">The object.</param>
/// <param name="answer">The answer to the request; disposed of with the stream.</param>
/// <param name="md5">The digest of all bytes to come, in lower-case hexadecimal digits; null for none.</param>
internal sealed class S3Body(S3Store store, S3Address at, GetObjectResponse answer, string? md5) : AsyncStream
{
    private static readonly S3Deed Reading = S3Deed.Read;

    private readonly IncrementalHash? _hash = md5 is null ? null : IncrementalHash.CreateHash(HashAlgorithmName.MD5);
    private bool _isChecked;

    public override bool CanRead => true;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = await ReadWithinAsync(buffer, cancellationToken);
        _hash?.AppendData(buffer.Span[..count]);
        if (count == 0 && buffer.Length > 0)
            Check();
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _hash?.Dispose();
            answer.Dispose();
        }
        base.Dispose(disposing);
    }

    private async Task<int> ReadWithinAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        using var deadline = new Deadline(Reading.Limit, store.Time, cancellationToken);
        try
        {
            return await answer.ResponseStream.ReadAsync(buffer, deadline.Token);
        }
        catch (Exception e) when (S3Faults.IsKnown(e, cancellationToken))
        {
            throw store.Faults.Of(Reading, at, e);
        }
    }

    private void Check()
    {
        if (_hash is null || _isChecked)
            return;
        _isChecked = true;
        var found = Convert.ToHexStringLower(_hash.GetHashAndReset());
        if (found != md5)
            throw store.Faults.New(
                $"{at} came damaged: its MD5 is {found}, the service states {md5}", isTransient: false);
    }
}
