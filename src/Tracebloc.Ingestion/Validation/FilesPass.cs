using Microsoft.Win32.SafeHandles;
using Tracebloc.Ingestion.Datasets;
using Tracebloc.Ingestion.Specifications;
using Tracebloc.Net.Files;

namespace Tracebloc.Ingestion.Validation;

/// <summary>Looks at the files of one folder, hidden ones and folders aside.</summary>
internal sealed class FilesPass(FileLayout layout, FilesFindings found)
{
    /// <summary>The files that are open at a time.</summary>
    private const int Workers = 2;

    /// <summary>The files that are listed, and opened.</summary>
    public FilesShare Share { get; init; } = FilesShare.All;

    /// <summary>The files of one folder at most, those of all shares: their names take 64 MiB.</summary>
    public int MostFiles { get; init; } = 2_000_000;

    private string Key => FolderRule.KeyOf(layout.Folder);

    /// <summary>The remark on folders below this one; null for none.</summary>
    public string? RemarkOnFolders { get; init; }

    /// <summary>True once the folder could not be listed to its end.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Lists the files. A folder that cannot be listed to its end is a fault.</summary>
    public IEnumerable<FolderEntry> List(CancellationToken cancellationToken)
    {
        var count = 0;
        if (Try(() => FolderListing.Read(layout.Path, IsListed).GetEnumerator()) is not { } entries) yield break;
        using (entries)
        {
            while (Try(() => entries.MoveNext()))
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (entries.Current.Name.StartsWith('.')) continue;
                if (entries.Current.IsFolder)
                {
                    if (RemarkOnFolders is { } remark) found.Note(remark, layout.Show(entries.Current.Name));
                    continue;
                }

                if (count > MostFiles)
                {
                    IsBroken = found.IsBroken = true;
                    found.Add(Key, $"holds more than {MostFiles:N0} files; split the data set");
                    yield break;
                }

                yield return entries.Current;
            }
        }

        // Files of all shares count, and the first one too many is listed whatever its name.
        bool IsListed(string name)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return !name.StartsWith('.') && (++count > MostFiles || Share.Has(name));
        }
    }

    /// <summary>
    /// Opens every regular file of the folder's extension, a few at a time. Others are left to
    /// <see cref="FileTypeValidator"/>.
    /// </summary>
    /// <param name="look">Looks at one file: its name for messages, and the open file.</param>
    /// <param name="cancellationToken">Ends the pass.</param>
    public async Task OpenAsync(Action<string, SafeFileHandle> look, CancellationToken cancellationToken)
    {
        using var names = List(cancellationToken)
            .Where(entry => entry.Kind == FileKind.Regular && Path.GetExtension(entry.Name) == layout.Extension)
            .Select(entry => entry.Name)
            .GetEnumerator();
        var turn = new Lock();
        await Task.WhenAll(Enumerable.Range(0, Workers).Select(_ => Task.Run(Work, cancellationToken)));

        void Work()
        {
            while (Next() is { } name) Open(name, look);
        }

        string? Next()
        {
            lock (turn) return names.MoveNext() ? names.Current : null;
        }
    }

    private void Open(string name, Action<string, SafeFileHandle> look)
    {
        try
        {
            using var file = UnlinkedFile.Open(layout.PathOf(name));
            look(layout.Show(name), file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            found.Add(layout.Show(name), Describe(layout.PathOf(name), exception));
        }
    }

    private T? Try<T>(Func<T> list)
    {
        try
        {
            return list();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            IsBroken = found.IsBroken = true;
            found.Add(Key, Describe(layout.Path, exception));
            return default;
        }
    }

    private static string Describe(string path, Exception exception) => exception switch
    {
        FileNotFoundException or DirectoryNotFoundException =>
            $"{path} does not exist; check the path and that it is mounted",
        UnauthorizedAccessException => $"{path} is not readable by this user; check its mode and owner",
        _ => exception.Message,
    };
}
