namespace Tracebloc.ModelUpload.Archives;

/// <summary>
/// A compressed file as its decompressor reads it. Some decompressors read on and on where a file has broken off, and
/// make bytes of nothing: here their reads beyond the end are counted, and fail.
/// </summary>
/// <param name="file">The file.</param>
/// <param name="readsAtEnd">The reads beyond the end that are none too many.</param>
internal sealed class PackedStream(Stream file, int readsAtEnd) : Stream
{
    private int _readsAtEnd;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => file.Length;

    public override long Position
    {
        get => file.Position;
        set => file.Position = value;
    }

    public override int Read(Span<byte> buffer) => Counted(file.Read(buffer), buffer.Length);

    public override int Read(byte[] buffer, int offset, int count) => Counted(file.Read(buffer, offset, count), count);

    public override int ReadByte()
    {
        var value = file.ReadByte();
        Counted(value < 0 ? 0 : 1, 1);
        return value;
    }

    public override long Seek(long offset, SeekOrigin origin) => file.Seek(offset, origin);

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private int Counted(int read, int asked)
    {
        if (read == 0 && asked > 0 && ++_readsAtEnd > readsAtEnd)
            throw new EndOfStreamException("it breaks off");
        return read;
    }
}
