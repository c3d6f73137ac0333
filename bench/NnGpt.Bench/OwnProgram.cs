namespace NnGpt.Bench;

/// <summary>How this program starts itself: as "dotnet NnGpt.Bench.dll" the program is dotnet, else the file itself.</summary>
internal static class OwnProgram
{
    public static string[] Arguments =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [typeof(OwnProgram).Assembly.Location] : [];
}
