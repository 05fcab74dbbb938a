namespace Tracebloc.Net;

/// <summary>
/// The files of a folder of authorities; listed again when the folder changes. .NET reads every file, whatever its
/// name; OpenSSL itself reads only names that c_rehash gives. Safe for concurrent use.
/// </summary>
internal sealed class CertificateFolder(string path)
{
    private readonly Lock _gate = new();
    private DateTime _written;
    private IReadOnlyList<CertificateFile> _files = [];

    /// <summary>The files, the largest first: it is the bundle of all others where a system has both.</summary>
    public IReadOnlyList<CertificateFile> Files
    {
        get
        {
            lock (_gate)
            {
                try
                {
                    Refresh();
                }
                catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
                {
                    (_written, _files) = (default, []);
                }

                return _files;
            }
        }
    }

    private void Refresh()
    {
        var folder = new DirectoryInfo(path);
        folder = folder.ResolveLinkTarget(returnFinalTarget: true) as DirectoryInfo ?? folder;
        if (folder.LastWriteTimeUtc == _written)
            return;
        _files = [.. folder.EnumerateFiles()
            .OrderByDescending(file => file.Length)
            .Select(file => new CertificateFile(file.FullName))];
        _written = folder.LastWriteTimeUtc;
    }
}
