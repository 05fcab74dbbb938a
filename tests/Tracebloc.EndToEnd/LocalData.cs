using System.Globalization;
using System.Text;
using Tracebloc.Testing;

namespace Tracebloc.EndToEnd;

/// <summary>Data sets in folders of a user's machine, by their names.</summary>
internal sealed class LocalData(string root)
{
    private const int Pixels = 64;

    /// <summary>Images with labels; of more than 8 MB the command line sends several streams.</summary>
    /// <param name="name">The folder's name.</param>
    /// <param name="count">The number of images.</param>
    /// <param name="size">The least bytes of an image.</param>
    public string Images(string name, int count, int size)
    {
        var (folder, rows) = (Folder(name, "images"), new StringBuilder("filename,disease\n"));
        for (var number = 0; number < count; number++)
        {
            var file = string.Create(CultureInfo.InvariantCulture, $"leaf_{number:000}.jpeg");
            File.WriteAllBytes(
                Path.Combine(folder, "images", file), SampleImages.Jpeg(Pixels, Pixels, comment: size + number));
            rows.Append(CultureInfo.InvariantCulture, $"{file},{(number % 5 == 0 ? "rust" : "healthy")}\n");
        }

        File.WriteAllText(Path.Combine(folder, "labels.csv"), $"{rows}");
        return folder;
    }

    /// <summary>Texts with labels.</summary>
    public string Texts(string name, int count)
    {
        var (folder, rows) = (Folder(name, "texts"), new StringBuilder("filename,label\n"));
        for (var number = 0; number < count; number++)
        {
            var file = string.Create(CultureInfo.InvariantCulture, $"note_{number:00}.txt");
            File.WriteAllText(Path.Combine(folder, "texts", file), $"Anna lives in Ulm, at number {number}.\n");
            rows.Append(CultureInfo.InvariantCulture, $"{file},{(number % 3 == 0 ? "letter" : "note")}\n");
        }

        File.WriteAllText(Path.Combine(folder, "labels.csv"), $"{rows}");
        return folder;
    }

    /// <summary>Rows in one CSV, about 60 bytes each.</summary>
    /// <param name="name">The file's name without its extension.</param>
    /// <param name="count">The number of rows.</param>
    /// <param name="city">A value of all rows.</param>
    public string Rows(string name, int count, string city = "Ulm")
    {
        var rows = new StringBuilder("rooms,area,street,city,sold,price\n");
        for (var number = 0; number < count; number++)
            rows.Append(
                CultureInfo.InvariantCulture,
                $"{1 + (number % 12)},{20 + (number * 0.5)},\"Mill Lane {number}, rear\",{city},"
                + $"{DateOnly.MinValue.AddYears(1990).AddDays(number % 9000):yyyy-MM-dd},"
                + $"{100_000 + (number * 37 % 900_001)}\n");
        var file = Path.Combine(root, $"{name}.csv");
        File.WriteAllText(file, $"{rows}");
        return file;
    }

    private string Folder(string name, string files)
    {
        var folder = Path.Combine(root, name);
        Directory.CreateDirectory(Path.Combine(folder, files));
        return folder;
    }
}
