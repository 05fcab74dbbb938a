using Tracebloc.Ingestion.Datasets;
using Tracebloc.Ingestion.Specifications;

namespace Tracebloc.Ingestion.Validation;

/// <summary>Checks that every image and mask is whole and has the configured size.</summary>
internal sealed class ImageResolutionValidator(DatasetFolder data, Specifications.FileOptions options)
    : IShareable
{
    /// <inheritdoc/>
    public string Name => nameof(ValidatorName.ImageResolution);

    /// <inheritdoc/>
    public async Task LookAsync(FilesShare share, FilesFindings found, CancellationToken cancellationToken)
    {
        foreach (var layout in data.Layout.Where(layout => layout.Folder is FileFolder.Images or FileFolder.Masks))
        {
            await new FilesPass(layout, found) { Share = share }.OpenAsync(
                (name, file) =>
                {
                    var size = ImageHeader.Read(file, out var fault);
                    if (fault is not null || (fault = Fault(size)) is not null) found.Add(name, fault);
                },
                cancellationToken);
        }
    }

    private string? Fault(ImageSize? size) =>
        size is null ? null
        : options.TargetSize is { } target && size != target
            ? $"is {size}, not {target}; resize it, or set spec.file_options.target_size"
        : options.MinSize is { } least && (size.Width < least.Width || size.Height < least.Height)
            ? $"is {size}, less than the min_size of {least}; replace it"
        : null;
}
