using System.Xml;
using System.Xml.Linq;
using Microsoft.Win32.SafeHandles;
using Tracebloc.Ingestion.Datasets;
using Tracebloc.Ingestion.Specifications;

namespace Tracebloc.Ingestion.Validation;

/// <summary>Checks that every annotation is a PASCAL VOC document with the elements that training reads.</summary>
internal sealed class PascalVocValidator(FileLayout annotations) : IShareable
{
    private const int MostBytes = 1 << 20, MostLevels = 32;

    private static readonly XmlReaderSettings Settings = new()
    {
        // An entity can grow without bound, and can name other files.
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersInDocument = MostBytes,
        CloseInput = true,
    };

    /// <inheritdoc/>
    public string Name => nameof(ValidatorName.PascalVoc);

    /// <inheritdoc/>
    public Task LookAsync(FilesShare share, FilesFindings found, CancellationToken cancellationToken) =>
        new FilesPass(annotations, found) { Share = share }.OpenAsync(
            (name, file) => Check(name, file, found), cancellationToken);

    private static void Check(string name, SafeFileHandle file, FilesFindings found)
    {
        if (FilesContent.Read(file, MostBytes) is not { } bytes)
        {
            found.Add(name, $"is larger than {MostBytes >> 20} MiB; is this an annotation?");
            return;
        }

        try
        {
            if (!IsShallow(bytes))
            {
                found.Add(name, $"nests elements more than {MostLevels} deep; is this an annotation?");
                return;
            }

            using var reader = XmlReader.Create(new MemoryStream(bytes), Settings);
            var document = new PascalVocDocument(
                XElement.Load(reader, LoadOptions.SetLineInfo), (line, message) => found.Add(name, message, line));
            document.Check();
            if (document.SmallBoxes > 0) found.Note("Files with bounding boxes of less than 10 pixels", name);
            if (document.MoreDifficult > 0) found.Note("Files with objects of a difficulty above 1", name);
        }
        catch (XmlException exception)
        {
            found.Add(
                name, $"is not XML: {WithoutPlace(exception.Message)}", exception.LineNumber, exception.LinePosition);
        }
    }

    private static string WithoutPlace(string message) =>
        message.LastIndexOf(". Line ", StringComparison.Ordinal) is > 0 and var end ? message[..end] : message;

    // The text of an element is collected by recursion.
    private static bool IsShallow(byte[] bytes)
    {
        using var reader = XmlReader.Create(new MemoryStream(bytes), Settings);
        while (reader.Read())
            if (reader.Depth > MostLevels) return false;
        return true;
    }
}
