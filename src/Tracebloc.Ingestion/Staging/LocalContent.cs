using Microsoft.Win32.SafeHandles;
using Tracebloc.Net.Files;

namespace Tracebloc.Ingestion.Staging;

/// <summary>A file of this machine, opened once: a link is not followed.</summary>
internal sealed class LocalContent : IStagingContent
{
    private readonly SafeFileHandle _handle;
    private readonly string _path;
    private readonly long _size;
    private readonly DateTime _modified;

    private LocalContent(string path, long size, SafeFileHandle handle)
    {
        (_path, _size, _handle) = (path, size, handle);
        _modified = File.GetLastWriteTimeUtc(handle);
    }

    public static LocalContent Open(string path, long size)
    {
        SafeFileHandle handle;
        try
        {
            handle = UnlinkedFile.Open(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(path, fault);
        }

        try
        {
            var content = new LocalContent(path, size, handle);
            content.RequireUnchanged();
            return content;
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    public ValueTask<int> ReadAsync(Memory<byte> buffer, long offset, CancellationToken token)
    {
        try
        {
            return ValueTask.FromResult(RandomAccess.Read(_handle, buffer.Span, offset));
        }
        catch (IOException fault)
        {
            throw Unreadable(_path, fault);
        }
    }

    public void RequireUnchanged()
    {
        var length = RandomAccess.GetLength(_handle);
        var change = length > _size ? $"grew from {_size} to {length} bytes"
            : length < _size ? $"shrank from {_size} to {length} bytes"
            : File.GetLastWriteTimeUtc(_handle) != _modified ? "was written to"
            : null;
        if (change is not null)
            throw new StagingException(
                StagingFailure.Changed,
                $"File {_path} {change} during the transfer; end the program that writes to it, and start again");
    }

    public void Dispose() => _handle.Dispose();

    private static StagingException Unreadable(string path, Exception fault) => new(
        StagingFailure.Changed, $"File {path} cannot be read any more: {fault.Message}; start again", fault);
}
