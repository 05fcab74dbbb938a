namespace Tracebloc.Registry.Tests.Pushing;

/// <summary>Bytes to push, the same for the same length, and a count of how often they were opened and read.</summary>
internal sealed class SampleBlob
{
    public SampleBlob(int length)
    {
        Bytes = new byte[length];
        new Random(length).NextBytes(Bytes);
    }

    public byte[] Bytes { get; }

    public Digest Digest => Digest.Of(Bytes);

    /// <summary>The offsets at which it was opened.</summary>
    public List<long> Openings { get; } = [];

    public BlobContent Known => new(Bytes.Length, Digest, OpenAsync);

    /// <summary>Of known length, with a digest to be computed.</summary>
    public BlobContent Sized => new(Bytes.Length, null, OpenAsync);

    public BlobContent Unknown => new(null, null, OpenAsync);

    public BlobContent ContentOf(string kind) => kind switch
    {
        "known" => Known,
        "sized" => Sized,
        _ => Unknown,
    };

    private Task<Stream> OpenAsync(long offset, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Openings.Add(offset);
        return Task.FromResult<Stream>(new MemoryStream(Bytes[(int)offset..]));
    }
}
