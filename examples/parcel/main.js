// Registers <relief-screener>, which stands in index.html.
import "relief-screener/define";
