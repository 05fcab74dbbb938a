using Tracebloc.Ingestion.Datasets;
using Tracebloc.Ingestion.Specifications;

namespace Tracebloc.Ingestion.Validation;

/// <summary>Checks that the files of two folders come in pairs.</summary>
internal sealed class FilePairingValidator(FileLayout first, FileLayout second, PairingRule pairing) : IFolderValidator
{
    /// <inheritdoc/>
    public string Name => nameof(ValidatorName.FilePairing);

    /// <inheritdoc/>
    public Task CheckAsync(Findings findings, CancellationToken cancellationToken) =>
        Task.Run(() => Check(findings, cancellationToken), cancellationToken);

    private void Check(Findings findings, CancellationToken cancellationToken)
    {
        var found = new FilesFindings();
        var (ofFirst, ofSecond) = (new FilesPass(first, found), new FilesPass(second, found));
        var (stems, files) = (new NameTable(), new NameTable());
        foreach (var entry in ofFirst.List(cancellationToken))
        {
            stems.Add(ManifestName.StemOf(entry.Name));
            files.Add(entry.Name);
        }

        foreach (var entry in ofSecond.List(cancellationToken))
        {
            if (files.Find(entry.Name) != NameMatch.Absent)
                found.Add(second.Show(entry.Name), $"has the name of a file in {FolderRule.KeyOf(first.Folder)}; "
                    + "rename one, since both are stored in one folder");
            if (Counterpart(entry.Name) is not { } stem)
                found.Add(second.Show(entry.Name), $"does not end in {pairing.Suffix}; rename it");
            else if (stems.Mark(stem) != NameMatch.Same && !ofFirst.IsBroken)
                found.Add(
                    second.Show(entry.Name), $"has no {first.Show(stem + first.Extension)}; add that, or remove it");
        }

        // In a folder that cannot be read, nothing is known to be missing.
        if (!ofFirst.IsBroken && !ofSecond.IsBroken) ReportAlone(stems, found, cancellationToken);
        found.Flush(findings);
    }

    private void ReportAlone(NameTable stems, FilesFindings found, CancellationToken cancellationToken)
    {
        foreach (var entry in new FilesPass(first, found).List(cancellationToken))
        {
            var stem = ManifestName.StemOf(entry.Name);
            if (!stems.IsMarked(stem))
                found.Add(
                    first.Show(entry.Name),
                    $"has no {second.Show(stem + pairing.Suffix + second.Extension)}; add that, or remove it");
        }
    }

    private string? Counterpart(string name)
    {
        var stem = ManifestName.StemOf(name);
        return stem.EndsWith(pairing.Suffix, StringComparison.Ordinal) ? stem[..^pairing.Suffix.Length] : null;
    }
}
