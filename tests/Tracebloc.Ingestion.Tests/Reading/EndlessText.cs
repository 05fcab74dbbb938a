namespace Tracebloc.Ingestion.Tests.Reading;

/// <summary>Some bytes, and after them the letter x without an end.</summary>
internal sealed class EndlessText(byte[] start) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get; set; }

    public override int Read(byte[] buffer, int offset, int count)
    {
        var room = buffer.AsSpan(offset, count);
        room.Fill((byte)'x');
        if (Position == 0) start.CopyTo(room);
        Position += count;
        return count;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
