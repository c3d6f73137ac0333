namespace Aspire.Hosting;

/// <summary>The application cannot be built or started; the message is one line for its user.</summary>
public class DistributedApplicationException(string message, Exception? innerException = null) : Exception(message, innerException);
