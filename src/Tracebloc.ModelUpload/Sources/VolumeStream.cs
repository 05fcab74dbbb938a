using Microsoft.Win32.SafeHandles;
using Tracebloc.Net;
using Tracebloc.Net.Files;

namespace Tracebloc.ModelUpload.Sources;

/// <summary>A file of a volume; its end is a fault where the file was written to meanwhile.</summary>
internal sealed class VolumeStream : AsyncStream
{
    private readonly SafeFileHandle _handle;
    private readonly string _address;
    private readonly FileStamp _stamp;
    private long _reached;

    private VolumeStream(SafeFileHandle handle, string address, long offset) =>
        (_handle, _address, _reached, _stamp) = (handle, address, offset, FileStamp.Of(handle));

    public override bool CanRead => true;

    /// <exception cref="UploadException">The file is another than the listed one.</exception>
    /// <exception cref="IOException">It is absent, or no regular file.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not read it.</exception>
    public static VolumeStream Open(SourceFile file, string path, long offset)
    {
        var stream = new VolumeStream(UnlinkedFile.Open(path), file.Address, offset);
        if (VolumeSource.Version(stream._stamp) == file.Version)
            return stream;
        stream.Dispose();
        throw UploadException.OfSource(
            $"{file.Address} has changed since it was listed; end the program that writes there and start again");
    }

    public override async ValueTask<int> ReadAsync(
        Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await RandomAccess.ReadAsync(_handle, buffer, _reached, cancellationToken);
        _reached += read;
        if (read == 0 && buffer.Length > 0 && FileStamp.Of(_handle) != _stamp)
            throw UploadException.OfSource(
                $"{_address} changed while it was read; end the program that writes there and start again");
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _handle.Dispose();
        base.Dispose(disposing);
    }
}
