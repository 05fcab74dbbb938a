using Tracebloc.ModelUpload.Credentials;

namespace Tracebloc.ModelUpload.Tests.Credentials;

public sealed class CredentialFolderTests
{
    [Fact]
    public void A_folder_that_is_not_there_is_reported_as_such()
    {
        Assert.Null(CredentialFolder.Open("/none", FakeFiles.None, out var fault));
        Assert.Equal("credentials folder not found: /none; check the path and that the Secret is mounted", fault);
    }

    [Fact]
    public void A_value_is_found_under_the_first_key_that_has_one()
    {
        var found = Open(("/c/A", "\n"), ("/c/B", "b\r\n")).Find(["NONE", "A", "B"], out var fault);
        Assert.Equal(new CredentialValue("b", "/c/B"), found);
        Assert.Null(fault);
    }

    [Fact]
    public void A_key_that_is_not_readable_hides_no_other()
    {
        Assert.Null(Open(("/c/A", null), ("/c/B", "b")).Find(["A", "B"], out var fault));
        Assert.Equal("/c/A is not readable by this user; check the file's mode and owner", fault);
    }

    [Fact]
    public void A_value_is_not_in_its_printed_form() =>
        Assert.Equal("/c/A", Open(("/c/A", "hidden")).Find(["A"], out _)?.ToString());

    private static CredentialFolder Open(params (string, string?)[] files)
    {
        var folder = CredentialFolder.Open("/c/", new FakeFiles(files), out var fault);
        Assert.Null(fault);
        return folder ?? throw new InvalidOperationException("There is no fault and no folder.");
    }
}
