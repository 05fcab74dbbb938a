using System.Runtime.Versioning;
using Tracebloc.Net.Files;
using Tracebloc.Testing;

namespace Tracebloc.Net.Tests;

[UnsupportedOSPlatform("windows")]
public sealed class UnlinkedFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("unlinked-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_regular_file_is_opened()
    {
        File.WriteAllText(At("cat.txt"), "meow");

        using var handle = UnlinkedFile.Open(At("cat.txt"));

        var read = new byte[8];
        Assert.Equal(4, RandomAccess.Read(handle, read, 0));
        Assert.Equal("meow"u8, read.AsSpan(0, 4));
    }

    [Fact]
    public void A_link_is_refused_though_it_leads_to_a_file()
    {
        File.WriteAllText(At("secret"), "secret");
        File.CreateSymbolicLink(At("link"), At("secret"));

        var fault = Assert.Throws<IOException>(() => UnlinkedFile.Open(At("link")));

        Assert.Equal($"{At("link")} is a link; put the file itself there", fault.Message);
    }

    [Fact]
    public void A_pipe_is_refused_without_waiting_for_a_writer()
    {
        using var pipe = new NamedPipe(At("pipe"));

        var fault = Assert.Throws<IOException>(() => UnlinkedFile.Open(pipe.Path));

        Assert.Equal($"{pipe.Path} is no regular file", fault.Message);
    }

    [Fact]
    public void A_folder_a_device_and_an_absent_file_are_refused()
    {
        Assert.Throws<IOException>(() => UnlinkedFile.Open(_folder.FullName));
        Assert.Throws<IOException>(() => UnlinkedFile.Open("/dev/zero"));
        Assert.Throws<FileNotFoundException>(() => UnlinkedFile.Open(At("nowhere")));
    }

    [Fact]
    public void A_listing_distinguishes_files_links_folders_and_others()
    {
        File.WriteAllText(At("file"), "");
        File.WriteAllText(At(".hidden"), "");
        File.CreateSymbolicLink(At("link"), At("file"));
        File.CreateSymbolicLink(At("link to folder"), _folder.FullName);
        _folder.CreateSubdirectory("folder").CreateSubdirectory("below");
        using var pipe = new NamedPipe(At("pipe"));

        Assert.Equal(
            [
                new(".hidden", FileKind.Regular, false),
                new("file", FileKind.Regular, false),
                new("folder", FileKind.Other, true),
                new("link", FileKind.Link, false),
                new("link to folder", FileKind.Link, false),
                new FolderEntry("pipe", FileKind.Other, false),
            ],
            FolderListing.Read(_folder.FullName).OrderBy(entry => entry.Name, StringComparer.Ordinal));
    }

    [Fact]
    public void Of_chosen_names_a_listing_has_the_files_and_of_all_names_the_folders()
    {
        File.WriteAllText(At("cat"), "");
        File.WriteAllText(At("dog"), "");
        File.CreateSymbolicLink(At("link to folder"), _folder.FullName);
        _folder.CreateSubdirectory("folder");
        var asked = new List<string>();

        var chosen = FolderListing.Read(_folder.FullName, name =>
        {
            asked.Add(name);
            File.Delete(At("cat"));
            return name == "cat";
        }).ToList();

        // A chosen file is looked at after the choice.
        Assert.Equal(
            [new("cat", FileKind.Absent, false), new FolderEntry("folder", FileKind.Other, true)],
            chosen.OrderBy(entry => entry.Name, StringComparer.Ordinal));
        Assert.Equal(["cat", "dog", "link to folder"], asked.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void An_absent_folder_is_no_empty_one() =>
        Assert.Throws<DirectoryNotFoundException>(() => FolderListing.Read(At("nowhere")).ToList());

    private string At(string name) => Path.Combine(_folder.FullName, name);
}
