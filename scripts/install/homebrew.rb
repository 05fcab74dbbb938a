# Formula of Homebrew for tracebloc {version}; made by `dotnet cake --target=Release` from scripts/install/homebrew.rb.
class Tracebloc < Formula
  desc "Pushes local data sets into a tracebloc cluster"
  homepage "https://github.com/tracebloc/client"
  version "{version}"
  license "Apache-2.0"

  on_macos do
    on_arm do
      url "https://github.com/tracebloc/client/releases/download/v{version}/tracebloc-{version}-darwin-arm64"
      sha256 "{sha256:darwin-arm64}"
    end
    on_intel do
      url "https://github.com/tracebloc/client/releases/download/v{version}/tracebloc-{version}-darwin-amd64"
      sha256 "{sha256:darwin-amd64}"
    end
  end

  on_linux do
    on_arm do
      url "https://github.com/tracebloc/client/releases/download/v{version}/tracebloc-{version}-linux-arm64"
      sha256 "{sha256:linux-arm64}"
    end
    on_intel do
      url "https://github.com/tracebloc/client/releases/download/v{version}/tracebloc-{version}-linux-amd64"
      sha256 "{sha256:linux-amd64}"
    end
  end

  def install
    bin.install Dir["tracebloc-*"].first => "tracebloc"
  end

  test do
    assert_match version.to_s, shell_output("#{bin}/tracebloc --version")
  end
end
