using Tracebloc.Testing;

namespace Tracebloc.Cli.Tests;

/// <summary>A folder of a data set under test.</summary>
internal sealed class DataFolder : IDisposable
{
    private readonly DirectoryInfo _parent = Directory.CreateTempSubdirectory("cli-");

    public DataFolder() => Directory.CreateDirectory(Path);

    /// <summary>Its path; the name is that of a data set.</summary>
    public string Path => System.IO.Path.Combine(_parent.FullName, "cats-dogs");

    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>Three images of two classes.</summary>
    public static DataFolder OfImages(string extension = ".jpg")
    {
        var folder = new DataFolder();
        folder.Add("labels.csv", "filename,label\na,cat\nb,dog\nc,cat\n");
        foreach (var name in (string[])["a", "b", "c"])
            folder.Add($"images/{name}{extension}", extension == ".png"
                ? SampleImages.Png(64, 48)
                : SampleImages.Jpeg(64, 48));
        return folder;
    }

    public static DataFolder OfHouses()
    {
        var folder = new DataFolder();
        folder.Add("houses.csv", "rooms,area,built,price\n3,70.5,1999-01-01,100\n4,80,2001-05-06,200\n");
        return folder;
    }

    public void Add(string name, string text) => Add(name, System.Text.Encoding.UTF8.GetBytes(text));

    public void Add(string name, byte[] content)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(this[name]) ?? Path);
        File.WriteAllBytes(this[name], content);
    }

    public void Link(string name, string target) => File.CreateSymbolicLink(this[name], target);

    public void Dispose() => _parent.Delete(recursive: true);
}
