namespace Tracebloc.ModelUpload.Sources;

/// <summary>Files that must lie on disk for a while.</summary>
internal static class ScratchFiles
{
    private const int BufferBytes = 128 * 1024;

    /// <exception cref="UploadException">The folder cannot be created.</exception>
    public static void Create(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Fault(folder, e);
        }
    }

    /// <summary>Writes a file that goes with its last handle.</summary>
    /// <returns>The file, at its beginning.</returns>
    /// <exception cref="UploadException">The file cannot be written, or the content not be read.</exception>
    public static async Task<FileStream> WriteAsync(string path, Stream content, CancellationToken cancellationToken)
    {
        var file = Open(path);
        try
        {
            var buffer = new byte[BufferBytes];
            while (await content.ReadAsync(buffer, cancellationToken) is > 0 and var read)
                await WriteAsync(file, buffer.AsMemory(0, read), cancellationToken);
            await file.FlushAsync(cancellationToken);
            file.Position = 0;
            return file;
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    /// <summary>Removes the folder and all in it; links are removed, not followed.</summary>
    public static void Remove(string folder)
    {
        try
        {
            if (Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The volume of the Job goes with its pod; the model is not at fault.
        }
    }

    private static FileStream Open(string path)
    {
        try
        {
            return new FileStream(path, new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.ReadWrite,
                Options = FileOptions.DeleteOnClose,
                BufferSize = BufferBytes,
            });
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Fault(path, e);
        }
    }

    private static async Task WriteAsync(
        FileStream file, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        try
        {
            await file.WriteAsync(bytes, cancellationToken);
        }
        catch (IOException e)
        {
            throw Fault(file.Name, e);
        }
    }

    private static UploadException Fault(string path, Exception e) => UploadException.OfSource(
        $"Scratch file {path} cannot be written: {e.Message}; give --storage-path a folder with room for the archive",
        e);
}
